// Package dossier is the file of one commune: its titles and the decisions
// behind them, its standing criterion by criterion with why, what would follow
// if something were met (Thử xem, which saves nothing), and what was corrected.
package dossier
