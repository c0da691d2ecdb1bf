// Package overviewweb is the pages of the overview: /tong-quan, /ban-do, /ma-tran
// and /huyen/{code}. They read the board, never the database.
package overviewweb
