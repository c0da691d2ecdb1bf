// Package matrix reads foreign matrices: the tables that offices keep for
// themselves, with communes as rows and criteria or indicators as columns.
//
// No two of them look alike: title lines above, headers merged over several
// rows, notes below, subtotals of districts between. So nothing is read
// without a [Mapping] (cách đọc bảng): which rows are the header, which column
// names the commune, which column is which indicator or criterion, and what
// each word in them means. [Guess] proposes one, a person corrects and saves
// it, and next time [Match] knows the table again by its header.
//
// A matrix that says "đạt" of a whole criterion says nothing of its indicators
// unless the person decided so; "chưa đạt" of a criterion needs the indicators
// it is about named in the cell. Nothing is inferred: what the table does not
// say is refused with what to do, or stays as it is recorded.
//
// It owns review_mapping.
package matrix
