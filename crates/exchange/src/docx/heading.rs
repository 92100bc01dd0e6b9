//! Lines that only look like headings: which of them are, and of which level.

use std::collections::BTreeSet;

use super::flow::Piece;
use crate::passage::{Passage, PassageKind};

/// Decides for the document as a whole, because a bold line is a heading only above something that it heads.
pub(super) fn decide(mut pieces: Vec<Piece>) -> Vec<Passage> {
    let has_headings = pieces.iter().any(|piece| matches!(piece.kind, PassageKind::Heading(_)));
    let heads = heads_something(&pieces);
    // Larger letters, higher level.
    let sizes: BTreeSet<_> = pieces
        .iter()
        .zip(&heads)
        .filter(|(_, heads)| **heads)
        .filter_map(|(piece, _)| piece.look.map(|look| std::cmp::Reverse(look.size.unwrap_or(0))))
        .collect();
    let sizes: Vec<_> = sizes.into_iter().collect();
    let mut above = 0;
    for (piece, heads) in pieces.iter_mut().zip(heads) {
        if let PassageKind::Heading(level) = piece.kind {
            above = usize::from(level);
        } else if let Some(look) = piece.look.filter(|_| heads) {
            let rank = sizes.iter().position(|size| size.0 == look.size.unwrap_or(0)).unwrap_or(0);
            let level = match depth_of_number(&piece.text) {
                Some(depth) if !has_headings => depth,
                // Beneath the headings that are known to be some.
                _ if has_headings => above + 1,
                _ => rank + 1,
            };
            piece.kind = PassageKind::Heading(u8::try_from(level.min(6)).unwrap_or(6));
        }
    }
    pieces.into_iter().map(|piece| Passage::new(piece.kind, piece.text)).collect()
}

/// Of each piece, whether it looks like a heading and something follows it that does not, before the next heading.
fn heads_something(pieces: &[Piece]) -> Vec<bool> {
    let mut heads = vec![false; pieces.len()];
    let mut is_followed = false;
    for (index, piece) in pieces.iter().enumerate().rev() {
        match piece.kind {
            PassageKind::Link { .. } | PassageKind::Picture => {}
            PassageKind::Heading(_) => is_followed = false,
            // Two bold lines in a row: a heading and one beneath it, as often as not.
            _ if piece.look.is_some() => heads[index] = is_followed,
            _ => is_followed = true,
        }
    }
    heads
}

/// “2.1 Aims” is two deep.
fn depth_of_number(text: &str) -> Option<usize> {
    let number = text.split_whitespace().next()?.trim_end_matches(['.', ')']);
    let parts: Vec<&str> = number.split('.').collect();
    let is_number =
        parts.iter().all(|part| !part.is_empty() && part.len() <= 2 && part.chars().all(|c| c.is_ascii_digit()));
    (is_number && parts.len() <= 6).then_some(parts.len())
}
