package criteria

import (
	"giuchuan/internal/law"
	"giuchuan/internal/law/lawfile"
	"giuchuan/rules"
)

// LoadLaw reads the law that ships with the product. An error names every bad
// file and line.
func LoadLaw() (*law.Library, error) { return lawfile.Load(rules.FS) }
