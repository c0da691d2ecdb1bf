// Package db is the product's only door to a database: SQLite (embedded, the
// default) or PostgreSQL 15 and later, behind one small API.
//
// Reads run in one snapshot (DB.Read). Writes are closures handed to one
// batcher (DB.Write), which commits many of them with a single durable commit
// and records each accepted one in the Ledger. DESIGN.md in this folder says
// why, and what happens when things break.
package db
