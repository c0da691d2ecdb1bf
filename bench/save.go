package main

import (
	"context"
	"fmt"
	"net/url"
	"regexp"

	"giuchuan/internal/app"
	"giuchuan/internal/app/demo"
	"giuchuan/internal/feature/review/round"
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/register/criteria"
)

// savedPeriod is the period whose round is open while pages are measured.
func savedPeriod() day.Period { return quarters(bulkQuarters)[bulkQuarters-1] }

// savedCommune is whose sheet is filled in; the account that saves is its own.
const savedCommune = "02407"

// openRound opens a round of every titled commune for the last period.
func openRound(ctx context.Context, a *app.App) error {
	p, err := a.Places.Province(province, demo.Today)
	if err != nil {
		return err
	}
	who, rounds := demo.Person("bench", p, authz.Coordination), a.Rounds(province)
	cmd := &round.Open{
		Name: "Rà soát", Period: savedPeriod(), Basis: "01/KH", BasisOn: demo.Today, Whole: true,
		SendBy: demo.Today + 30, VerifyBy: demo.Today + 60, ConfirmBy: demo.Today + 80,
	}
	command, err := cmd.Command(who.ID)
	if err != nil {
		return err
	}
	return a.DB.Write(ctx, command, func(tx *db.Tx) error {
		_, err := rounds.Open(ctx, tx, who, cmd)
		return err
	})
}

var baseField = regexp.MustCompile(`name="base"[^>]*value="(\d+)"`)

// saves is the load of people who each fill in one quantity of a commune's sheet,
// again and again, every time with another value, on what they saw last.
func saves() (load, error) {
	lib, err := criteria.LoadLaw()
	if err != nil {
		return load{}, err
	}
	set, err := lib.Set(setNTM)
	if err != nil {
		return load{}, err
	}
	var slots []*law.Indicator
	for slot := range set.Slots() {
		if ind := set.At(slot); ind.Kind != law.Level {
			slots = append(slots, ind)
		}
	}
	if len(slots) < users {
		return load{}, fmt.Errorf("%d quantities for %d users", len(slots), users)
	}
	var base [users]string
	path := "/xa/" + savedCommune + "/ra-soat/" + savedPeriod().String() + "/luu"
	return load{
		what: "saving one indicator", as: "thaison.nhap", p99: 40, rate: 3000,
		note: "64 connections, no pause: permission, validation, history, journal, verdict anew",
		build: send(func(int, int) string { return path }, func(user, n int) url.Values {
			ind := slots[user]
			return url.Values{
				"set": {setNTM}, "code": {ind.Code}, "base": {"0" + base[user]}, "key": {fmt.Sprintf("b%d.%d.%s", user, n, base[user])},
				"value": {valueOf(ind, n)},
			}
		}),
		learn: func(user int, body []byte) {
			if m := baseField.FindSubmatch(body); m != nil {
				base[user] = string(m[1])
			}
		},
	}, nil
}

// valueOf is a value that differs from the one before.
func valueOf(ind *law.Indicator, n int) string {
	switch ind.Kind {
	case law.YesNo, law.Depends, law.Compound, law.Scored:
		return [...]string{"đạt", "chưa đạt"}[n%2]
	}
	return fmt.Sprint(1 + n%2)
}
