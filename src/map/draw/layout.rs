//! Where everything stands: a column for each step away from people, a band for each source.
//!
//! Within a column and a band, boxes are put near what they are linked to, so that lines cross little. The same map
//! gives the same places.

use std::collections::BTreeMap;

use super::picture::{End, Picture};

/// A box's width.
pub(super) const WIDTH: usize = 270;
/// The height of a box's head, and of its rows.
pub(super) const HEAD: usize = 40;
pub(super) const ROW: usize = 18;
/// The size of an identity.
pub(super) const PILL: (usize, usize) = (150, 30);
/// Room around.
const GAP: (usize, usize) = (110, 22);
const MARGIN: usize = 24;
/// Room for a band's title.
const TITLE: usize = 34;

/// The places of a picture's parts.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// The picture's size.
    pub size: (usize, usize),
    /// The upper left corner of each identity.
    pub identities: Vec<(usize, usize)>,
    /// The upper left corner of each box.
    pub boxes: Vec<(usize, usize)>,
    /// The bands: their source (none for what nothing reaches), top and height.
    pub bands: Vec<(Option<usize>, usize, usize)>,
}

/// The height of a box.
pub(super) fn height(rows: usize) -> usize {
    HEAD + rows * ROW + 8
}

/// Gives everything its place.
pub(super) fn layout(picture: &Picture) -> Layout {
    let mut cells: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    let bands = bands(picture);
    for (number, one) in picture.boxes.iter().enumerate() {
        let band = bands.iter().position(|b| *b == one.distance.map(|_| one.at.0)).unwrap_or(0);
        let column = one.distance.unwrap_or(1);
        cells.entry((band, column)).or_default().push(number);
    }
    let mut layout = Layout { boxes: vec![(0, 0); picture.boxes.len()], ..Layout::default() };
    // Each round puts boxes nearer to what the round before placed.
    for _ in 0..4 {
        place(picture, &bands, &mut cells, &mut layout);
        sort(picture, &layout, &mut cells);
    }
    place(picture, &bands, &mut cells, &mut layout);
    layout
}

/// The sources that have boxes, in the map's order, and last what nothing reaches.
fn bands(picture: &Picture) -> Vec<Option<usize>> {
    let mut bands: Vec<Option<usize>> = Vec::new();
    let reached = picture.boxes.iter().filter(|b| b.distance.is_some()).map(|b| Some(b.at.0));
    for band in reached.chain(picture.boxes.iter().filter(|b| b.distance.is_none()).map(|_| None)) {
        if !bands.contains(&band) {
            bands.push(band);
        }
    }
    bands
}

fn place(
    picture: &Picture,
    bands: &[Option<usize>],
    cells: &mut BTreeMap<(usize, usize), Vec<usize>>,
    layout: &mut Layout,
) {
    let mut top = MARGIN;
    let mut right = MARGIN + PILL.0;
    layout.bands.clear();
    for (band, source) in bands.iter().enumerate() {
        let mut bottom = top + TITLE;
        for ((_, column), numbers) in cells.iter().filter(|((b, _), _)| *b == band) {
            let x = MARGIN + PILL.0 + GAP.0 + (column - 1) * (WIDTH + GAP.0);
            let mut y = top + TITLE;
            for number in numbers {
                // A step further from people, a box stands beside what it is linked to.
                let beside = if *column > 2 { middle(picture, layout, *number) } else { 0 };
                y = y.max(beside);
                layout.boxes[*number] = (x, y);
                y += height(picture.boxes[*number].rows.len()) + GAP.1;
            }
            bottom = bottom.max(y);
            right = right.max(x + WIDTH);
        }
        layout.bands.push((*source, top, bottom - top));
        top = bottom + GAP.1;
    }
    place_identities(picture, layout);
    let lowest = layout.identities.iter().map(|(_, y)| y + PILL.1 + MARGIN).max().unwrap_or(0);
    layout.size = (right + MARGIN, top.max(lowest).max(2 * MARGIN));
}

/// Identities stand in the first column, each as near as can be to the rows that hold it.
fn place_identities(picture: &Picture, layout: &mut Layout) {
    let wanted = |identity: usize| {
        let rows = picture.lines.iter().filter(|l| l.to == End::Identity(identity));
        let ys: Vec<usize> = rows.map(|l| layout.boxes[l.from].1 + HEAD + l.row * ROW).collect();
        ys.iter().sum::<usize>() / ys.len().max(1)
    };
    let mut order: Vec<(usize, usize)> = (0..picture.identities.len()).map(|i| (wanted(i), i)).collect();
    order.sort_unstable();
    let mut places = vec![(0, 0); order.len()];
    let mut free = MARGIN + TITLE;
    for (y, identity) in order {
        let y = y.max(free);
        places[identity] = (MARGIN, y);
        free = y + PILL.1 + 14;
    }
    layout.identities = places;
}

/// Sorts each cell by what its boxes are linked to.
fn sort(picture: &Picture, layout: &Layout, cells: &mut BTreeMap<(usize, usize), Vec<usize>>) {
    for numbers in cells.values_mut() {
        // People first: everything starts from them.
        numbers.sort_by_key(|n| (!picture.boxes[*n].person, middle(picture, layout, *n), *n));
    }
}

/// The middle of the boxes nearer people that a box is linked to; where it stands, if there are none.
fn middle(picture: &Picture, layout: &Layout, number: usize) -> usize {
    let distance = picture.boxes[number].distance;
    let linked = picture.lines.iter().filter_map(|line| match line.to {
        End::Box(to) if line.from == number && picture.boxes[to].distance < distance => Some(layout.boxes[to].1),
        _ => None,
    });
    let ys: Vec<usize> = linked.collect();
    if ys.is_empty() { layout.boxes[number].1 } else { ys.iter().sum::<usize>() / ys.len() }
}
