// Package search finds communes, indicators, instruments, decisions and agencies
// by what a person types, with or without diacritics. The index is in memory;
// what a person may not see is left out of the answer.
package search
