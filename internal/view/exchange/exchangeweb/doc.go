// Package exchangeweb is the pages /bang-tinh: workbooks out and in.
package exchangeweb
