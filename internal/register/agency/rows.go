package agency

import "slices"

// Rows is every name of every body over time, People's Committees of places
// left out, in the order of the file.
func (r *Register) Rows() []Agency { return slices.Clone(r.rows) }
