// Package desk is the pages at which offices work a round off: what a person has
// to do (Việc của tôi), a commune's sheet as a reviewer takes it (unchanged lines
// in one act, the others one by one), one agency's criteria across all communes,
// and one district's communes.
//
// It reads the board and worksheets and asks authz what to offer; the package
// round decides again when something is done. Its only statement counts files.
package desk
