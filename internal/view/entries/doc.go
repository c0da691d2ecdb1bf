// Package entries is Nhật ký thay đổi: who changed what and when, in words;
// what one entry wrote; and the check that nothing was altered.
package entries
