package criteria

import (
	"context"
	"encoding/json"
	"math"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/law"
	"giuchuan/internal/platform/db"
)

// Verify is the command that says that By compared values with the original
// text on a day: one value by its key (law.Threshold.Key, or a province
// decision's number), or with Key "*" all of an indicator or of a criterion.
type Verify struct {
	Set  string  `json:"set"`
	Code string  `json:"code"` // of an indicator, a part, or with Key "*" a criterion
	Key  string  `json:"key"`
	By   string  `json:"by"`
	On   day.Day `json:"on"`
}

// Command is the journal's entry for the command.
func (c Verify) Command(actor string) (db.Command, error) {
	body, err := json.Marshal(c)
	return db.Command{Actor: actor, Name: "criteria.verify", Scope: c.Set, Body: body}, err
}

// Withdraw is the command that takes a verification back.
type Withdraw struct {
	Set  string  `json:"set"`
	Code string  `json:"code"`
	Key  string  `json:"key"`
	By   string  `json:"by"`
	On   day.Day `json:"on"`
}

// Command is the journal's entry for the command.
func (c Withdraw) Command(actor string) (db.Command, error) {
	body, err := json.Marshal(c)
	return db.Command{Actor: actor, Name: "criteria.withdraw", Scope: c.Set, Body: body}, err
}

var (
	msgVerifyWho   = fault.Msg{Key: "criteria.verify_who", Text: "phải ghi người đối chiếu"}
	msgVerifyLater = fault.Msg{Key: "criteria.verify_later", Text: "ngày đối chiếu {day} sau ngày hôm nay ({today})"}
	msgVerifyCode  = fault.Msg{Key: "criteria.verify_code", Text: "bộ tiêu chí {set} không có tiêu chí hay chỉ tiêu {code}"}
	msgVerifyKey   = fault.Msg{Key: "criteria.verify_key", Text: "{code} không có mức “{key}”; chỉ nhận: {accepted}"}
	msgNotVerified = fault.Msg{Key: "criteria.not_verified", Text: "mức “{key}” của {code} chưa được ghi là đã đối chiếu"}
)

// Verify records a verification and reports whether it says anything new.
func (s *Service) Verify(ctx context.Context, tx *db.Tx, cmd Verify) (bool, error) {
	v := law.ValueVerification{
		Set: cmd.Set, Indicator: cmd.Code, Key: cmd.Key,
		Verification: law.Verification{By: strings.TrimSpace(cmd.By), On: cmd.On},
	}
	if err := s.admit(ctx, tx, &v); err != nil {
		return false, err
	}
	if err := s.checkKey(ctx, tx, &v); err != nil {
		return false, err
	}
	old, err := standing(tx, &v)
	if err != nil || old != nil && *old == v {
		return false, err
	}
	return true, insertVerification(tx, &v, false)
}

// Withdraw takes a verification back; one that does not stand is NotFound.
func (s *Service) Withdraw(ctx context.Context, tx *db.Tx, cmd Withdraw) error {
	v := law.ValueVerification{
		Set: cmd.Set, Indicator: cmd.Code, Key: cmd.Key,
		Verification: law.Verification{By: strings.TrimSpace(cmd.By), On: cmd.On},
	}
	if err := s.admit(ctx, tx, &v); err != nil {
		return err
	}
	old, err := standing(tx, &v)
	if err != nil {
		return err
	}
	if old == nil {
		return fault.New(fault.NotFound, msgNotVerified, "key", cmd.Key, "code", cmd.Code)
	}
	return insertVerification(tx, &v, true)
}

// admit checks who, when and the set.
func (s *Service) admit(_ context.Context, tx *db.Tx, v *law.ValueVerification) error {
	if _, err := s.lib.Set(v.Set); err != nil {
		return err
	}
	switch {
	case v.By == "":
		return fault.New(fault.Invalid, msgVerifyWho)
	case v.On > tx.Today():
		return fault.New(fault.Invalid, msgVerifyLater, "day", v.On.Vietnamese(), "today", tx.Today().Vietnamese())
	}
	return nil
}

// checkKey wants the key to name something that can be compared.
func (s *Service) checkKey(ctx context.Context, tx *db.Tx, v *law.ValueVerification) error {
	set, err := s.lib.Set(v.Set)
	if err != nil {
		return err
	}
	slot, isIndicator := set.Slot(v.Indicator)
	_, isCriterion := set.Criterion(v.Indicator)
	if !isIndicator && !isCriterion {
		return fault.New(fault.NotFound, msgVerifyCode, "set", v.Set, "code", v.Indicator)
	}
	if v.Key == Whole {
		return nil
	}
	accepted := []string{Whole}
	if isIndicator {
		values := Values(set.At(slot))
		for i := range values {
			accepted = append(accepted, values[i].Key())
		}
		records, err := s.Records(ctx, tx, v.Set, math.MaxInt64)
		if err != nil {
			return err
		}
		for _, r := range records {
			if r.Indicator == v.Indicator {
				accepted = append(accepted, r.Number)
			}
		}
	}
	var words []string
	for _, key := range accepted {
		if key == v.Key {
			return nil
		}
		words = append(words, "“"+key+"”")
	}
	return fault.New(fault.Invalid, msgVerifyKey, "code", v.Indicator, "key", v.Key, "accepted", strings.Join(words, ", "))
}

// standing is the verification of the same values that stands, or nil.
func standing(tx *db.Tx, v *law.ValueVerification) (*law.ValueVerification, error) {
	list, err := verificationRows(tx, v.Set, math.MaxInt64)
	if err != nil {
		return nil, err
	}
	for i := range list {
		if list[i].Indicator == v.Indicator && list[i].Key == v.Key {
			return &list[i], nil
		}
	}
	return nil, nil
}

// Verifications lists the verifications of a set that stand, as known at a
// journal position (math.MaxInt64 = now).
func (s *Service) Verifications(_ context.Context, tx *db.Tx, setID string, known int64) ([]law.ValueVerification, error) {
	return verificationRows(tx, setID, known)
}

// Progress counts the indicators of a set that are verified, as known at a
// journal position (math.MaxInt64 = now).
func (s *Service) Progress(ctx context.Context, tx *db.Tx, setID string, known int64) (Progress, error) {
	set, err := s.lib.Set(setID)
	if err != nil {
		return Progress{}, err
	}
	list, err := s.Verifications(ctx, tx, setID, known)
	return progressOf(set, list), err
}
