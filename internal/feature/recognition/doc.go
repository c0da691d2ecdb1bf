// Package recognition is the register of titles: which commune was recognised as
// xã nông thôn mới (NTM), NTM nâng cao or NTM kiểu mẫu, by which decision, and
// from when until when. It serves clause S5c (a commune that no longer keeps its
// standard falls under revocation) by saying which title every commune has on a
// day, and with it on which set the commune is tested.
//
// The law is the regulation issued with QĐ 18/2022/QĐ-TTg: the Chairman of UBND
// tỉnh recognises communes; "đạt 19/19 tiêu chí" is not recognition. A title has
// no fixed expiry; it ends by a decision only. When communes are merged or
// split, nobody computes the title of the new one: it waits for a decision
// ("chờ quyết định"). A commune that became phường or thị trấn is outside the
// programme of communes.
//
// A title is proposed (planned, pending) or held (recognised, or inferred from
// a later title); only held ones count. It owns recognition_title, which is
// append-only: a correction, an ending or a revocation is a new row of the same
// id.
package recognition
