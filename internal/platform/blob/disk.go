package blob

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Disk keeps blobs in a folder: files named by their hash, below folders of its
// first two digits.
type Disk struct{ root string }

// tempFolder holds files on their way in; it is not a hash's folder.
const tempFolder = "tmp"

// abandoned is how old a temporary file is when nobody can be writing it.
const abandoned = 24 * time.Hour

// OpenDisk names the folder. It is made with the first blob, or by Prepare.
func OpenDisk(root string) *Disk { return &Disk{root: root} }

func (d *Disk) temp() string { return filepath.Join(d.root, tempFolder) }

// Prepare makes the folder where it is missing and clears away what a crash
// left half-written.
func (d *Disk) Prepare() error {
	if err := os.MkdirAll(d.temp(), 0o750); err != nil {
		return broken("make the folder", err)
	}
	left, err := os.ReadDir(d.temp())
	if err != nil {
		return broken("read the folder", err)
	}
	for _, f := range left {
		if info, err := f.Info(); err == nil && time.Since(info.ModTime()) > abandoned {
			_ = os.Remove(filepath.Join(d.temp(), f.Name())) // another node may have done it
		}
	}
	return nil
}

func (d *Disk) path(sum string) string { return filepath.Join(d.root, sum[:2], sum) }

// Put implements Store: a temporary file, synced, renamed, and its folder
// synced, in that order.
func (d *Disk) Put(ctx context.Context, r io.Reader, limit int64) (Info, error) {
	file, err := os.CreateTemp(d.temp(), "put-*")
	if errors.Is(err, fs.ErrNotExist) {
		if err := d.Prepare(); err != nil {
			return Info{}, err
		}
		file, err = os.CreateTemp(d.temp(), "put-*")
	}
	if err != nil {
		return Info{}, broken("make a temporary file", err)
	}
	defer os.Remove(file.Name()) // renamed by then, or of no use
	m := measure(ctx, r, limit)
	_, err = io.Copy(file, m)
	if err == nil {
		err = file.Sync()
	}
	var found fs.FileInfo
	if err == nil {
		found, err = file.Stat()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return Info{}, filling(err)
	}
	info := m.info()
	if err := d.settle(file.Name(), info.SHA256); err != nil {
		return Info{}, broken("name a blob", err)
	}
	info.PutAt = found.ModTime()
	return info, nil
}

// settle gives a synced file its name. It takes the place of one that is there:
// the content is the same, and the blob is young again.
func (d *Disk) settle(temp, sum string) error {
	target := d.path(sum)
	folder := filepath.Dir(target)
	err := os.Mkdir(folder, 0o750)
	if err == nil {
		err = syncFolder(d.root)
	} else if errors.Is(err, fs.ErrExist) {
		err = nil
	}
	if err != nil {
		return err
	}
	if err := os.Rename(temp, target); err != nil {
		return err
	}
	return syncFolder(folder)
}

// syncFolder makes the names in a folder survive a power cut.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// Open implements Store.
func (d *Disk) Open(_ context.Context, sum string) (io.ReadCloser, error) {
	if !Valid(sum) {
		return nil, missing(sum)
	}
	file, err := os.Open(d.path(sum))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, missing(sum)
	}
	if err != nil {
		return nil, broken("open a blob", err)
	}
	return file, nil
}

// Stat implements Store.
func (d *Disk) Stat(_ context.Context, sum string) (Info, error) {
	if !Valid(sum) {
		return Info{}, missing(sum)
	}
	info, err := os.Stat(d.path(sum))
	if errors.Is(err, fs.ErrNotExist) {
		return Info{}, missing(sum)
	}
	if err != nil {
		return Info{}, broken("look at a blob", err)
	}
	return Info{SHA256: sum, Size: info.Size(), PutAt: info.ModTime()}, nil
}

// Remove implements Store.
func (d *Disk) Remove(_ context.Context, sum string) error {
	if !Valid(sum) {
		return nil
	}
	err := os.Remove(d.path(sum))
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return broken("remove a blob", err)
}

// Walk implements Store.
func (d *Disk) Walk(ctx context.Context, visit func(Info) error) error {
	folders, err := os.ReadDir(d.root)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return broken("read the folder", err)
	}
	for _, f := range folders {
		if !f.IsDir() || len(f.Name()) != 2 {
			continue
		}
		files, err := os.ReadDir(filepath.Join(d.root, f.Name()))
		if err != nil {
			return broken("read the folder", err)
		}
		for _, file := range files {
			if err := ctx.Err(); err != nil {
				return err
			}
			info, err := file.Info()
			if err != nil || !Valid(file.Name()) || !info.Mode().IsRegular() {
				continue // removed meanwhile, or not ours
			}
			if err := visit(Info{SHA256: file.Name(), Size: info.Size(), PutAt: info.ModTime()}); err != nil {
				return err
			}
		}
	}
	return nil
}
