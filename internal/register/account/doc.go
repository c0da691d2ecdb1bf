// Package account is the register of who may come in: accounts with their
// dated roles, passwords, second factors, sessions and invitations.
//
// Accounts and grants of roles are business rows: added, never changed, and
// under the hash of their journal entry. Everything that proves an identity
// (password hashes, keys of second factors, sessions, one-time tokens,
// throttles, names of people) is operational: changed and deleted in place, in
// tables that [Tables] does not list. See DESIGN.md.
package account
