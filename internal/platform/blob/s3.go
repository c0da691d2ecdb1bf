package blob

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// Secret is text that never reaches a log or a message.
type Secret string

// String hides the text.
func (Secret) String() string { return "***" }

// GoString hides the text.
func (Secret) GoString() string { return `"***"` }

// LogValue hides the text.
func (Secret) LogValue() slog.Value { return slog.StringValue("***") }

// MarshalText hides the text.
func (Secret) MarshalText() ([]byte, error) { return []byte("***"), nil }

// S3Options name a bucket of an S3-compatible service. The bucket must exist.
type S3Options struct {
	Endpoint  string // "kho.tinh.gov.vn:9000", or with https:// or http:// before it; https where nothing is said
	Bucket    string
	Region    string // "" = us-east-1, which services of one's own take for their own
	Prefix    string // before every key, "" = none
	AccessKey string
	SecretKey Secret
	Temp      string // folder for files on their way; "" = the machine's
}

// S3 keeps blobs in a bucket, under keys that end with their hash.
type S3 struct {
	client *minio.Client
	opt    S3Options
}

// OpenS3 looks whether the bucket can be reached with the keys given.
func OpenS3(ctx context.Context, o S3Options) (*S3, error) {
	host, plain := strings.CutPrefix(o.Endpoint, "http://")
	host = strings.TrimSuffix(strings.TrimPrefix(host, "https://"), "/")
	if o.Region == "" {
		o.Region = "us-east-1"
	}
	client, err := minio.New(host, &minio.Options{
		Creds:  credentials.NewStaticV4(o.AccessKey, string(o.SecretKey), ""),
		Secure: !plain, Region: o.Region, BucketLookup: minio.BucketLookupPath, MaxRetries: 3,
	})
	if err != nil {
		return nil, broken("open the bucket", err)
	}
	there, err := client.BucketExists(ctx, o.Bucket)
	if err == nil && !there {
		err = errors.New("there is no such bucket: " + o.Bucket)
	}
	if err != nil {
		return nil, broken("open the bucket", err)
	}
	return &S3{client: client, opt: o}, nil
}

func (s *S3) key(sum string) string { return path.Join(s.opt.Prefix, sum[:2], sum) }

// Put implements Store. The bytes wait in a temporary file, because their hash
// is their key; the service confirms what it has before Put answers.
func (s *S3) Put(ctx context.Context, r io.Reader, limit int64) (Info, error) {
	file, err := os.CreateTemp(s.opt.Temp, "giuchuan-put-*")
	if err != nil {
		return Info{}, broken("make a temporary file", err)
	}
	defer func() { _ = errors.Join(file.Close(), os.Remove(file.Name())) }() // of no use any more
	m := measure(ctx, r, limit)
	if _, err := io.Copy(file, m); err != nil {
		return Info{}, filling(err)
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return Info{}, broken("read a temporary file", err)
	}
	info := m.info()
	_, err = s.client.PutObject(ctx, s.opt.Bucket, s.key(info.SHA256), file, info.Size, minio.PutObjectOptions{
		ContentType: "application/octet-stream", SendContentMd5: true, DisableMultipart: true,
	})
	if err != nil {
		return Info{}, broken("put a blob", err)
	}
	found, err := s.Stat(ctx, info.SHA256)
	if err == nil && found.Size != info.Size {
		err = broken("put a blob", errors.New("the service has another size"))
	}
	return found, err
}

// absent tells whether the service says that there is no such key.
func absent(err error) bool {
	code := minio.ToErrorResponse(err).Code
	return code == minio.NoSuchKey || code == "NotFound"
}

// Open implements Store.
func (s *S3) Open(ctx context.Context, sum string) (io.ReadCloser, error) {
	if !Valid(sum) {
		return nil, missing(sum)
	}
	object, err := s.client.GetObject(ctx, s.opt.Bucket, s.key(sum), minio.GetObjectOptions{})
	if err == nil {
		_, err = object.Stat()
	}
	if err == nil {
		return object, nil
	}
	if object != nil {
		_ = object.Close() // nothing was read
	}
	if absent(err) {
		return nil, missing(sum)
	}
	return nil, broken("open a blob", err)
}

// Stat implements Store.
func (s *S3) Stat(ctx context.Context, sum string) (Info, error) {
	if !Valid(sum) {
		return Info{}, missing(sum)
	}
	info, err := s.client.StatObject(ctx, s.opt.Bucket, s.key(sum), minio.StatObjectOptions{})
	if err == nil {
		return Info{SHA256: sum, Size: info.Size, PutAt: info.LastModified}, nil
	}
	if absent(err) {
		return Info{}, missing(sum)
	}
	return Info{}, broken("look at a blob", err)
}

// Remove implements Store.
func (s *S3) Remove(ctx context.Context, sum string) error {
	if !Valid(sum) {
		return nil
	}
	err := s.client.RemoveObject(ctx, s.opt.Bucket, s.key(sum), minio.RemoveObjectOptions{})
	if err == nil || absent(err) {
		return nil
	}
	return broken("remove a blob", err)
}

// Walk implements Store.
func (s *S3) Walk(ctx context.Context, visit func(Info) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	prefix := ""
	if s.opt.Prefix != "" {
		prefix = s.opt.Prefix + "/"
	}
	for object := range s.client.ListObjects(ctx, s.opt.Bucket, minio.ListObjectsOptions{Prefix: prefix, Recursive: true}) {
		if object.Err != nil {
			return broken("list the bucket", object.Err)
		}
		sum := path.Base(object.Key)
		if !Valid(sum) || object.Key != s.key(sum) {
			continue // not ours
		}
		if err := visit(Info{SHA256: sum, Size: object.Size, PutAt: object.LastModified}); err != nil {
			return err
		}
	}
	return ctx.Err()
}
