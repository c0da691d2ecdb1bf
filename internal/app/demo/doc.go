// Package demo generates the demonstration province: titles from public news,
// a province's decisions and a round of findings, as the files a real province
// would import. Every generated value is marked “số liệu minh họa”; none
// describes a real commune.
//
// The same seed gives the same files, byte for byte.
package demo
