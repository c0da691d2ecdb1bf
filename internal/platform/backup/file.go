package backup

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"giuchuan/internal/kernel/fault"
)

// WriteFile writes a backup to the file path, mode 0600, in place of one
// that is there. The file appears whole or not at all: it gets its name after
// it was read back and found good and lies safely on disk. Every byte also
// goes to watch.
func WriteFile(ctx context.Context, from Source, path string, watch io.Writer) (*Manifest, error) {
	file, err := os.CreateTemp(filepath.Dir(path), ".giuchuan-backup-*")
	if err != nil {
		return nil, fault.New(fault.Unavailable, msgFile, "file", path).Wrap(err)
	}
	m, err := fill(ctx, from, file, watch)
	if err = errors.Join(err, file.Close()); err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		_ = os.Remove(file.Name()) // the first failure is the one to tell
		return nil, fault.New(fault.Unavailable, msgFile, "file", path).Wrap(err)
	}
	return m, SyncFolder(filepath.Dir(path))
}

func fill(ctx context.Context, from Source, file *os.File, watch io.Writer) (*Manifest, error) {
	out := bufio.NewWriterSize(io.MultiWriter(file, watch), 1<<16)
	if _, err := Write(ctx, from, out); err != nil {
		return nil, err
	}
	if err := errors.Join(out.Flush(), file.Sync()); err != nil {
		return nil, err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	return Check(ctx, file)
}

// SyncFolder makes the names in a folder survive a power cut.
func SyncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
