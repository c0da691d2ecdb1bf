//go:build !linux && !darwin

package health

import "errors"

// Free is not known on this system.
func Free(string) (bytes int64, err error) { return 0, errors.ErrUnsupported }
