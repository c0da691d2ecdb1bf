// Package sheet reads and writes .xlsx and .csv files.
package sheet
