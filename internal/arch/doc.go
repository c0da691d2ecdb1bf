// Package arch keeps the shape of the product: who may import whom, what a pure package may not touch, how long a
// file may be, who owns which table, which word names a concept. Each rule is a Check over the parsed source of a
// module, given as a file system: the tests run the checks over this module and over planted violations under
// testdata, which prove that each rule bites. See docs/design.md for the rules in words.
package arch
