use super::{El, Piece, el};
use crate::html;

/// A table whose rows become blocks on a phone. `rows` give their cells in the order of the columns.
pub fn table<T: Piece>(caption: &str, columns: &[&str], rows: impl Iterator<Item = Vec<T>>) -> El {
    let row = || el("tr").attr("role", "row");
    let head = columns.iter().fold(row(), |head, column| {
        head.put(el("th").attr("role", "columnheader").attr("scope", "col").text(column))
    });
    let rows = rows.fold(el("tbody").attr("role", "rowgroup"), |rows, cells| {
        rows.put(columns.iter().zip(cells).fold(row(), |row, (column, cell)| {
            row.put(el("td").attr("role", "cell").attr("data-label", column).put(cell))
        }))
    });
    el("table").class("stack").attr("role", "table").put(html![
        el("caption").text(caption),
        el("thead").attr("role", "rowgroup").put(head),
        rows,
    ])
}
