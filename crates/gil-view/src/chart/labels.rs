//! Labels at the ends of lines: pushed apart where they meet.

/// Moves the middles of labels apart so that none overlap and all lie between `top` and `bottom`,
/// each as near to where it wants to be as the others allow. Keeps their order.
pub fn spread(wanted: &[(f32, f32)], top: f32, bottom: f32) -> Vec<f32> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].0.total_cmp(&wanted[*b].0));
    let mut blocks: Vec<Block> = Vec::new();
    for index in order {
        let (middle, height) = wanted[index];
        blocks.push(Block { members: vec![index], middle, height });
        while let [.., above, below] = &blocks[..]
            && above.bottom() > below.top()
        {
            let below = blocks.pop().unwrap_or_default();
            let above = blocks.pop().unwrap_or_default();
            blocks.push(above.merge(below).within(top, bottom));
        }
    }
    place(blocks, wanted, top, bottom)
}

/// Labels that touch, moved as one.
#[derive(Default)]
struct Block {
    members: Vec<usize>,
    middle: f32,
    height: f32,
}

impl Block {
    fn top(&self) -> f32 {
        self.middle - self.height / 2.0
    }

    fn bottom(&self) -> f32 {
        self.middle + self.height / 2.0
    }

    /// Around the middle of where both would be, weighted by their sizes.
    fn merge(mut self, other: Block) -> Block {
        let height = self.height + other.height;
        let middle = (self.middle * self.height + other.middle * other.height) / height;
        self.members.extend(other.members);
        Block { members: self.members, middle, height }
    }

    fn within(self, top: f32, bottom: f32) -> Block {
        let half = self.height / 2.0;
        Block { middle: self.middle.min(bottom - half).max(top + half), ..self }
    }
}

fn place(blocks: Vec<Block>, wanted: &[(f32, f32)], top: f32, bottom: f32) -> Vec<f32> {
    let mut middles = vec![0.0; wanted.len()];
    // Blocks at the edges are pushed in, and push the next ones on.
    let mut floor = top;
    let mut tops: Vec<f32> = Vec::new();
    for block in &blocks {
        tops.push(block.top().max(floor));
        floor = tops[tops.len() - 1] + block.height;
    }
    let mut ceiling = bottom;
    for (block, at) in blocks.iter().zip(&mut tops).rev() {
        *at = at.min(ceiling - block.height);
        ceiling = *at;
    }
    for (block, at) in blocks.iter().zip(tops) {
        let mut y = at;
        for member in &block.members {
            let height = wanted[*member].1;
            middles[*member] = y + height / 2.0;
            y += height;
        }
    }
    middles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_pushed_apart() {
        for (wanted, want) in [
            (&[(20.0, 10.0), (60.0, 10.0)][..], vec![20.0, 60.0]),
            (&[(50.0, 10.0), (50.0, 10.0)], vec![45.0, 55.0]),
            (&[(54.0, 10.0), (50.0, 10.0)], vec![57.0, 47.0]),
            (&[(1.0, 10.0), (2.0, 10.0)], vec![5.0, 15.0]),
            (&[(99.0, 10.0), (98.0, 10.0), (97.0, 10.0)], vec![95.0, 85.0, 75.0]),
            (&[], vec![]),
        ] {
            assert_eq!(spread(wanted, 0.0, 100.0), want, "{wanted:?}");
        }
    }
}
