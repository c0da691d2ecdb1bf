// Package criteriaweb is the writing side of Bộ tiêu chí: values that the
// province sets, and values compared with the original texts.
package criteriaweb
