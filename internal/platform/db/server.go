package db

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	"github.com/jackc/pgx/v5"
)

// CreatePostgres creates a database for the product on a PostgreSQL server:
// UTF-8, text sorted bytewise as Migrate asks, or a copy of template when that
// is not empty. server is the URL of any database there; the answer is the URL
// of the new one.
func CreatePostgres(ctx context.Context, server, name, template string) (string, error) {
	at, err := url.Parse(server)
	if err != nil {
		return "", fmt.Errorf("db: read the server's URL: %w", err)
	}
	from := "template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
	if template != "" {
		from = pgx.Identifier{template}.Sanitize()
	}
	err = onServer(ctx, server, "CREATE DATABASE "+pgx.Identifier{name}.Sanitize()+" TEMPLATE "+from)
	if err != nil {
		return "", fmt.Errorf("db: create database %s: %w", name, err)
	}
	at.Path = "/" + name
	return at.String(), nil
}

// RenamePostgres gives a database that nobody uses another name.
func RenamePostgres(ctx context.Context, server, from, to string) error {
	err := onServer(ctx, server, "ALTER DATABASE "+pgx.Identifier{from}.Sanitize()+" RENAME TO "+pgx.Identifier{to}.Sanitize())
	if err != nil {
		return fmt.Errorf("db: rename database %s: %w", from, err)
	}
	return nil
}

// DropPostgres removes a database and ends the connections to it.
func DropPostgres(ctx context.Context, server, name string) error {
	if err := onServer(ctx, server, "DROP DATABASE "+pgx.Identifier{name}.Sanitize()+" WITH (FORCE)"); err != nil {
		return fmt.Errorf("db: drop database %s: %w", name, err)
	}
	return nil
}

func onServer(ctx context.Context, server, statement string) error {
	conn, err := pgx.Connect(ctx, server)
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, statement)
	return errors.Join(err, conn.Close(ctx))
}
