package journal

import (
	"encoding/binary"

	"giuchuan/internal/platform/db"
)

// leafBytes are the canonical bytes of an entry, the leaf that is hashed:
// a version byte, then position, instant (µs) and row count as 8 bytes big
// endian, the 32 bytes of the rows' hash, then actor, command, scope and body,
// each after its length as uvarint.
func leafBytes(e *db.Entry) []byte {
	b := make([]byte, 0, 80+len(e.Actor)+len(e.Name)+len(e.Scope)+len(e.Body))
	b = append(b, 1)
	b = binary.BigEndian.AppendUint64(b, uint64(e.Position))
	b = binary.BigEndian.AppendUint64(b, uint64(e.At.UnixMicro()))
	b = binary.BigEndian.AppendUint64(b, uint64(e.Rows))
	b = append(b, e.RowsHash[:]...)
	for _, s := range []string{e.Actor, e.Name, e.Scope, string(e.Body)} {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	return b
}
