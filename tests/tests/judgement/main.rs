//! How well Starling judges texts that people have labelled, as precision and recall.
//!
//! The texts lie in `tests/corpus/labelled`. Each judgement has floors a little under what was measured, so that a change
//! that makes one worse does not pass unseen. Raise them when they are outgrown.

mod draft;
mod results;
mod tally;
mod wording;
