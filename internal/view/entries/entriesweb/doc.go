// Package entriesweb is the pages of Nhật ký thay đổi.
package entriesweb
