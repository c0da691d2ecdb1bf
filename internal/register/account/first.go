package account

import (
	"context"
	"time"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
)

// first is the purpose of the token that makes the first administrator.
const first = "first"

// firstLife is how long that token works; a restart gives a new one.
const firstLife = 24 * time.Hour

var msgFirst = fault.Msg{Key: "account.first", Text: "mã khởi tạo không đúng hoặc đã quá hạn; xem mã mới trong nhật ký của máy chủ khi khởi động"}

// Empty tells whether there is no account yet: then the first-run page is open.
func (s *Service) Empty(ctx context.Context) (empty bool, err error) {
	err = s.o.DB.Read(ctx, func(tx *db.Tx) error {
		n, err := accountCount(tx)
		empty = n == 0
		return err
	})
	return empty, err
}

// FirstToken gives the one-time token for the first-run page while there is no
// account, "" afterwards. It replaces the token given before. The caller shows
// it to whoever reads the server's log.
func (s *Service) FirstToken(ctx context.Context) (token string, err error) {
	empty, err := s.Empty(ctx)
	if err != nil || !empty {
		return "", err
	}
	err = s.o.DB.Keep(ctx, func(tx *db.Tx) error {
		if err := dropTokens(tx, ""); err != nil {
			return err
		}
		token = tx.NewToken()
		return putToken(tx, digest(token), oneToken{purpose: first, until: tx.Now().Add(firstLife)})
	})
	return token, err
}

// First is the administrator to make on the first run.
type First struct {
	Token    string
	Login    string
	Post     string
	Unit     string // agency the administrator works for
	Password string
}

// Begin makes the province's first administrator.
func (s *Service) Begin(ctx context.Context, f First, v Visit) error {
	login, err := checkLogin(f.Login)
	if err != nil {
		return err
	}
	post, err := checkText(f.Post, "chuc-danh", 120, msgPost)
	if err != nil {
		return err
	}
	if err := CheckPassword(f.Password, login); err != nil {
		return err
	}
	if err := s.slowFirst(ctx, v); err != nil {
		return err
	}
	encoded, err := s.hash(ctx, f.Password)
	if err != nil {
		return err
	}
	return s.write(ctx, "system", "account.first", map[string]string{"login": login, "unit": f.Unit}, func(tx *db.Tx) error {
		n, err := accountCount(tx)
		if err != nil {
			return err
		}
		t, found, err := readToken(tx, digest(f.Token))
		if err != nil {
			return err
		}
		if n > 0 || !found || t.purpose != first || !tx.Now().Before(t.until) {
			return fault.New(fault.Invalid, msgFirst).At("ma-xac-thuc")
		}
		if err := dropTokens(tx, ""); err != nil {
			return err
		}
		a := Account{ID: tx.NewID(), Login: login, Post: post, Unit: f.Unit, State: Active}
		return s.plant(tx, &a, encoded, NewGrant{
			Role: authz.ProvinceAdmin, From: tx.Today(), Until: day.Forever, Document: "thiết lập lần đầu",
		})
	})
}

// slowFirst counts attempts at the first-run token by address.
func (s *Service) slowFirst(ctx context.Context, v Visit) error {
	var wait time.Duration
	err := s.o.DB.Keep(ctx, func(tx *db.Tx) (err error) {
		wait, err = count(tx, "f:", "i:"+digest(v.Address))
		return err
	})
	if err == nil && wait > 0 {
		err = slow(wait)
	}
	return err
}

// plant writes an account that is active from the start, with its roles.
func (s *Service) plant(tx *db.Tx, a *Account, password string, grants ...NewGrant) error {
	if err := s.addAccount(tx, a, ""); err != nil {
		return err
	}
	sec, _, err := secretOf(tx, a.ID)
	if err != nil {
		return err
	}
	sec.password = password
	if err := putSecret(tx, &sec); err != nil {
		return err
	}
	for _, n := range grants {
		g, err := s.makeGrant(tx, a, n)
		if err != nil {
			return err
		}
		if err := insertGrant(tx, &g); err != nil {
			return err
		}
	}
	return nil
}
