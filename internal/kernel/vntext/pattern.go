package vntext

import (
	"regexp"
	"sync"
)

// Pattern is a regular expression that is compiled when it is first used: those
// for reading official documents are many and large, and most processes never
// read one.
type Pattern struct {
	re func() *regexp.Regexp
}

// Lazy makes a pattern of an expression of package regexp. A wrong expression
// panics at its first use.
func Lazy(expression string) Pattern {
	return Pattern{sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })}
}

// MatchString is that of [regexp.Regexp]; so are the others.
func (p Pattern) MatchString(s string) bool { return p.re().MatchString(s) }

// FindStringIndex gives where the first match is, nil without one.
func (p Pattern) FindStringIndex(s string) []int { return p.re().FindStringIndex(s) }

// FindAllStringIndex gives where the first n matches are, all when n < 0.
func (p Pattern) FindAllStringIndex(s string, n int) [][]int {
	return p.re().FindAllStringIndex(s, n)
}

// FindStringSubmatch gives the first match and its groups.
func (p Pattern) FindStringSubmatch(s string) []string { return p.re().FindStringSubmatch(s) }

// FindStringSubmatchIndex gives where the first match and its groups are.
func (p Pattern) FindStringSubmatchIndex(s string) []int {
	return p.re().FindStringSubmatchIndex(s)
}

// FindAllStringSubmatchIndex gives where n matches and their groups are.
func (p Pattern) FindAllStringSubmatchIndex(s string, n int) [][]int {
	return p.re().FindAllStringSubmatchIndex(s, n)
}

// ReplaceAllString replaces every match.
func (p Pattern) ReplaceAllString(s, by string) string { return p.re().ReplaceAllString(s, by) }
