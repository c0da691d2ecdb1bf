// Package overview says how a province keeps its standard: the overview of all
// titled communes, the table of criteria by commune, the map and a district's
// list. It is made of values that the board gives and decides nothing; every
// count says how far what it rests on was checked.
package overview
