package task

import "giuchuan/internal/platform/db"

// All reads every task, whoever asks: for reminders, and for lists that the
// server keeps and shows each person a part of.
func (s *Service) All(tx *db.Tx) (*Book, error) { return s.whole(tx) }
