package main

import (
	"errors"
	"math"
)

// exponent fits cost = a · size^k by least squares of the logarithms and gives
// k: 1 is linear growth.
func exponent(size, cost []float64) (float64, error) {
	if len(size) < 2 || len(size) != len(cost) {
		return 0, errors.New("a fit needs a cost for each of at least two sizes")
	}
	var x, y, xx, xy float64
	for i := range size {
		if size[i] <= 0 || cost[i] <= 0 {
			return 0, errors.New("a fit needs sizes and costs above zero")
		}
		lx, ly := math.Log(size[i]), math.Log(cost[i])
		x, y, xx, xy = x+lx, y+ly, xx+lx*lx, xy+lx*ly
	}
	n := float64(len(size))
	return (n*xy - x*y) / (n*xx - x*x), nil
}
