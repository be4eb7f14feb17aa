//! What the threads share.

/// A place in memory that the threads share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cell {
    /// The reference count of the object (Include/object.h).
    RefCount,
    /// References counted by the thread that owns the object: `ob_ref_local` of free-threaded
    /// builds (PEP 703).
    LocalCount,
    /// References counted by all other threads: `ob_ref_shared` (PEP 703).
    SharedCount,
    /// The global or attribute `x`.
    X,
    /// How many items the list `a` has.
    Length,
    /// Whether the dict `d` has the key `k`: 0 or 1.
    Key,
    /// How often `d[k]` was stored.
    Stores,
}

impl Cell {
    /// What it is called in the program.
    pub fn name(self) -> &'static str {
        match self {
            Cell::RefCount => "ob_refcnt",
            Cell::LocalCount => "ob_ref_local",
            Cell::SharedCount => "ob_ref_shared",
            Cell::X => "x",
            Cell::Length => "len(a)",
            Cell::Key => "k in d",
            Cell::Stores => "stores of d[k]",
        }
    }

    /// Whether it is a part of the object, and gone when that is freed.
    pub fn is_in_object(self) -> bool {
        matches!(self, Cell::RefCount | Cell::LocalCount | Cell::SharedCount)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Slot {
    cell: Cell,
    value: i64,
    writes: u32,
    writer: Option<usize>,
}

/// The shared memory.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Memory {
    slots: Vec<Slot>,
    /// Whether the object was freed by `_Py_Dealloc`.
    pub freed: bool,
    /// Whether a thread used the object after that.
    pub used_after_free: bool,
    /// The thread that has the `threading.Lock`.
    pub lock: Option<usize>,
}

impl Memory {
    pub(crate) fn new(cells: &[(Cell, i64)]) -> Memory {
        let slot = |&(cell, value): &(Cell, i64)| Slot { cell, value, writes: 0, writer: None };
        Memory {
            slots: cells.iter().map(slot).collect(),
            freed: false,
            used_after_free: false,
            lock: None,
        }
    }

    /// The places of this memory and their values, in the order in which they are shown.
    pub fn cells(&self) -> impl Iterator<Item = (Cell, i64)> + '_ {
        self.slots.iter().map(|slot| (slot.cell, slot.value))
    }

    /// The value of a place; 0 for one that this memory does not have.
    pub fn value(&self, cell: Cell) -> i64 {
        self.slot(cell).map_or(0, |slot| slot.value)
    }

    /// Whether the threads share an object with a reference count.
    pub fn has_object(&self) -> bool {
        self.slots.iter().any(|slot| slot.cell.is_in_object())
    }

    /// How many references to the object are counted.
    pub fn references(&self) -> i64 {
        self.cells().filter(|(cell, _)| cell.is_in_object()).map(|(_, value)| value).sum()
    }

    /// How often a place was written, and by whom last.
    pub(crate) fn writes(&self, cell: Cell) -> (u32, Option<usize>) {
        self.slot(cell).map_or((0, None), |slot| (slot.writes, slot.writer))
    }

    pub(crate) fn write(&mut self, cell: Cell, value: i64, writer: usize) {
        if let Some(slot) = self.slots.iter_mut().find(|slot| slot.cell == cell) {
            slot.value = value;
            slot.writes += 1;
            slot.writer = Some(writer);
        }
    }

    fn slot(&self, cell: Cell) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.cell == cell)
    }
}
