// Package portalweb is the public start page: what the system is for and where
// to log in. It shows no figures.
package portalweb
