//go:build linux || darwin

package health

import "syscall"

// Free is how many bytes this user may still write to the disk of a folder.
func Free(folder string) (bytes int64, err error) {
	var at syscall.Statfs_t
	if err := syscall.Statfs(folder, &at); err != nil {
		return 0, err
	}
	return int64(at.Bavail) * int64(at.Bsize), nil
}
