// Package changelogweb is the pages of Nhật ký thay đổi.
package changelogweb
