// Package exchange is what workbooks and pages have to do with each other: the
// workbooks of a round that a person may take out, and what a file that comes
// back would do, cell by cell, before anything is recorded.
//
// A file is either a workbook of the product's own layout or a foreign matrix
// that a saved mapping reads. Both end in the same list of saves, which the
// rules of rounds decide row by row; all of them are recorded or none.
package exchange
