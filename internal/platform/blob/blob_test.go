package blob_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/blob"
)

// each runs a body on a folder and on a bucket.
func each(t *testing.T, body func(t *testing.T, s blob.Store)) {
	t.Run("disk", func(t *testing.T) {
		body(t, blob.OpenDisk(filepath.Join(t.TempDir(), "blobs")))
	})
	t.Run("s3", func(t *testing.T) { body(t, openBucket(t, newBucket())) })
}

func openBucket(t *testing.T, b *bucket) *blob.S3 {
	t.Helper()
	server := httptest.NewServer(b)
	t.Cleanup(server.Close)
	s, err := blob.OpenS3(context.Background(), blob.S3Options{
		Endpoint: server.URL, Bucket: b.name, Prefix: "tinh-08", AccessKey: "khoa", SecretKey: "rat-kin", Temp: t.TempDir(),
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func sumOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func put(t *testing.T, s blob.Store, text string) blob.Info {
	t.Helper()
	info, err := s.Put(context.Background(), strings.NewReader(text), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	return info
}

func read(t *testing.T, s blob.Store, sum string) string {
	t.Helper()
	r, err := s.Open(context.Background(), sum)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestPutAndRead(t *testing.T) {
	each(t, func(t *testing.T, s blob.Store) {
		ctx := context.Background()
		for _, text := range []string{"", "ảnh", strings.Repeat("nội dung dài ", 20_000)} {
			info := put(t, s, text)
			if info.SHA256 != sumOf(text) || info.Size != int64(len(text)) || time.Since(info.PutAt).Abs() > time.Hour {
				t.Errorf("%+v", info)
			}
			if read(t, s, info.SHA256) != text {
				t.Error("another content came back")
			}
			if found, err := s.Stat(ctx, info.SHA256); err != nil || found.Size != info.Size {
				t.Errorf("%+v %v", found, err)
			}
			if _, err := blob.Check(ctx, s, info.SHA256); err != nil {
				t.Error(err)
			}
		}
		put(t, s, "ảnh")
		var all []string
		if err := s.Walk(ctx, func(i blob.Info) error { all = append(all, i.SHA256); return nil }); err != nil || len(all) != 3 {
			t.Errorf("%v %v", all, err)
		}
		for range 2 {
			if err := s.Remove(ctx, sumOf("ảnh")); err != nil {
				t.Error(err)
			}
		}
		if _, err := s.Stat(ctx, sumOf("ảnh")); !fault.Is(err, fault.NotFound) {
			t.Error(err)
		}
	})
}

func TestWhatIsNotThere(t *testing.T) {
	each(t, func(t *testing.T, s blob.Store) {
		ctx := context.Background()
		for _, sum := range []string{"", "x", "../../etc/passwd", strings.Repeat("a", 64), strings.Repeat("A", 64), strings.Repeat("../", 22)[:64]} {
			if _, err := s.Open(ctx, sum); !fault.Is(err, fault.NotFound) {
				t.Errorf("open %q: %v", sum, err)
			}
			if _, err := s.Stat(ctx, sum); !fault.Is(err, fault.NotFound) {
				t.Errorf("stat %q: %v", sum, err)
			}
			if err := s.Remove(ctx, sum); err != nil {
				t.Errorf("remove %q: %v", sum, err)
			}
		}
	})
}

// torn fails in the middle.
type torn struct{ r io.Reader }

var errTorn = errors.New("the line is cut")

func (r torn) Read(p []byte) (int, error) {
	n, err := r.r.Read(p)
	if errors.Is(err, io.EOF) {
		err = errTorn
	}
	return n, err
}

func TestNothingIsKeptOfWhatFails(t *testing.T) {
	each(t, func(t *testing.T, s blob.Store) {
		ctx := context.Background()
		if _, err := s.Put(ctx, strings.NewReader(strings.Repeat("x", 2<<20+1)), 2<<20); !fault.Is(err, fault.TooLarge) || !strings.Contains(fault.Text(err), "2 MB") {
			t.Errorf("too large: %v", err)
		}
		if _, err := s.Put(ctx, torn{strings.NewReader("abc")}, 100); !errors.Is(err, errTorn) {
			t.Errorf("torn: %v", err)
		}
		gone, cancel := context.WithCancel(ctx)
		cancel()
		if _, err := s.Put(gone, strings.NewReader("abc"), 100); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled: %v", err)
		}
		stop := errors.New("enough")
		put(t, s, "một")
		if err := s.Walk(ctx, func(blob.Info) error { return stop }); !errors.Is(err, stop) {
			t.Errorf("walk: %v", err)
		}
		n := 0
		if err := s.Walk(ctx, func(blob.Info) error { n++; return nil }); err != nil || n != 1 {
			t.Errorf("%d blobs, %v", n, err)
		}
	})
}

func TestManyAtOnce(t *testing.T) {
	each(t, func(t *testing.T, s blob.Store) {
		var all sync.WaitGroup
		for i := range 24 {
			all.Go(func() {
				text := fmt.Sprint("tệp ", i%6)
				info, err := s.Put(context.Background(), strings.NewReader(text), 100)
				if err != nil || info.SHA256 != sumOf(text) {
					t.Error(info, err)
				}
			})
		}
		all.Wait()
		n := 0
		if err := s.Walk(context.Background(), func(blob.Info) error { n++; return nil }); err != nil || n != 6 {
			t.Errorf("%d blobs, %v", n, err)
		}
	})
}

func TestDiskLeavesNothingBehind(t *testing.T) {
	root := filepath.Join(t.TempDir(), "blobs")
	s := blob.OpenDisk(root)
	if _, err := os.Stat(root); err == nil {
		t.Error("naming a store makes it")
	}
	info := put(t, s, "ảnh")
	path := filepath.Join(root, info.SHA256[:2], info.SHA256)
	old := time.Now().Add(-48 * time.Hour)
	if err := os.Chtimes(path, old, old); err != nil {
		t.Fatal(err)
	}
	if again := put(t, s, "ảnh"); time.Since(again.PutAt) > time.Hour {
		t.Error("a blob that is put again is still old")
	}
	stale, young := filepath.Join(root, "tmp", "put-1"), filepath.Join(root, "tmp", "put-2")
	for _, name := range []string{stale, young} {
		if err := os.WriteFile(name, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chtimes(stale, old, old); err != nil {
		t.Fatal(err)
	}
	if err := s.Prepare(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(stale); err == nil {
		t.Error("a half-written file of yesterday is still there")
	}
	if _, err := os.Stat(young); err != nil {
		t.Error("a file somebody is writing was taken away")
	}
	if err := os.WriteFile(path, []byte("đổi"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := blob.Check(context.Background(), s, info.SHA256); !fault.Is(err, fault.Corrupt) {
		t.Errorf("a changed file: %v", err)
	}
}

func TestBucketThatFails(t *testing.T) {
	b := newBucket()
	s := openBucket(t, b)
	b.refuse = 1
	put(t, s, "một lần bận thì thử lại")
	b.lose = true
	if _, err := s.Put(context.Background(), strings.NewReader("mất"), 100); err == nil {
		t.Error("a put that the bucket does not have was answered as done")
	}
	server := httptest.NewServer(b)
	defer server.Close()
	for _, o := range []blob.S3Options{
		{Endpoint: server.URL, Bucket: "khac", AccessKey: "khoa", SecretKey: "rat-kin"},
		{Endpoint: server.URL, Bucket: b.name, AccessKey: "sai", SecretKey: "rat-kin"},
		{Endpoint: "bad host", Bucket: b.name, AccessKey: "khoa", SecretKey: "rat-kin"},
	} {
		_, err := blob.OpenS3(context.Background(), o)
		if !fault.Is(err, fault.Unavailable) || strings.Contains(err.Error(), "rat-kin") {
			t.Errorf("%s %s: %v", o.Endpoint, o.Bucket, err)
		}
	}
}

func TestSecretsStaySecret(t *testing.T) {
	o := blob.S3Options{AccessKey: "khoa", SecretKey: "rat-kin"}
	var log bytes.Buffer
	if err := json.NewEncoder(&log).Encode(o.SecretKey); err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(&log, "%v %+v %#v %s %q", o, o, o, o.SecretKey, o.SecretKey)
	if strings.Contains(log.String(), "rat-kin") {
		t.Errorf("%s", log.String())
	}
}
