package db

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	"github.com/jackc/pgx/v5"
)

// CreatePostgres creates a database for the product on a PostgreSQL server:
// UTF-8, text sorted bytewise as Migrate asks. server is the URL of any
// database there; the answer is the URL of the new one.
func CreatePostgres(ctx context.Context, server, name string) (string, error) {
	at, err := url.Parse(server)
	if err != nil {
		return "", fmt.Errorf("db: read the server's URL: %w", err)
	}
	err = onServer(ctx, server, "CREATE DATABASE "+pgx.Identifier{name}.Sanitize()+
		" TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'")
	if err != nil {
		return "", fmt.Errorf("db: create database %s: %w", name, err)
	}
	at.Path = "/" + name
	return at.String(), nil
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
