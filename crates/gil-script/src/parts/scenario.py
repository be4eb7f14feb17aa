# The scenario: what each group does in a pass, and how it is run.


#insert groups
