package officialdoc

import (
	"errors"
	"strings"
	"testing"

	"giuchuan/internal/kernel/fault"
)

// letter is a short letter with a line put above and one put below its number.
func letter(above, below string) string {
	return above + "\nUBND TỈNH MINH HỌA\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 05/UBND-NC\n" + below +
		"\nMinh Họa, ngày 05 tháng 6 năm 2026\nV/v công tác bảo mật\n\nKính gửi: Sở Nội vụ.\n\nYêu cầu Sở Nội vụ tăng cường bảo vệ bí mật nhà nước.\n"
}

// TestSecretRefused refuses marked documents and says nothing of them.
func TestSecretRefused(t *testing.T) {
	for _, text := range []string{
		letter("MẬT", ""), letter("", "TỐI MẬT"), letter("TUYỆT MẬT", ""), letter("", "Mật"), letter("M Ậ T", ""), letter("", "T Ố I  M Ậ T"),
		letter("[MẬT]", ""), letter("(MẬT)", ""), letter("**MẬT**", ""), letter("", "MẬT - HỎA TỐC"), letter("Độ mật: Tối mật", ""), letter("TÀI LIỆU MẬT", ""),
		letter("Ma\u0323\u0302t", ""), letter("M\u200bẬT", ""), letter("MẬT\u00a0", ""), letter("| MẬT | KHẨN |", ""),
		strings.Replace(letter("", ""), "Số: 05/UBND-NC", "Số: 05/UBND-NC                 MẬT", 1),
		strings.Replace(letter("", ""), "Số: 05/UBND-NC", "Số: 05/UBND-NC (MẬT)", 1),
		strings.Replace(letter("", ""), "Minh Họa, ngày", "TỐI MẬT Minh Họa, ngày", 1),
		letter("", "") + strings.Repeat("Các cơ quan thực hiện nghiêm túc.\n", 200) + "PHỤ LỤC\nTUYỆT MẬT\n",
	} {
		d, err := Read(t.Context(), "Bí mật của tỉnh.txt", []byte(text), Options{})
		if !errors.Is(err, ErrSecret) || !fault.Is(err, fault.Unsupported) {
			t.Errorf("not refused: %v\n%s", err, text[:min(len(text), 200)])
			continue
		}
		if d.Text != "" || len(d.Blocks) > 0 {
			t.Errorf("something of it is given out: %+v", d)
		}
		for _, said := range []string{err.Error(), fault.Text(err)} {
			for _, word := range []string{"tỉnh", "Nội vụ", "05/UBND", ".txt", "MẬT"} {
				if strings.Contains(said, word) {
					t.Errorf("the fault tells %q: %s", word, said)
				}
			}
		}
	}
}

// TestWordSecretIsNoMark reads documents that speak of secrets.
func TestWordSecretIsNoMark(t *testing.T) {
	for _, text := range []string{
		letter("", ""), letter("", "Độ mật: Không"), letter("", "") + "- Mật ong rừng;\n- Rỉ mật;\n",
		letter("", "") + "CÔNG TÁC BẢO VỆ BÍ\nMẬT NHÀ NƯỚC VÀ BẢO\nMẬT\n", letter("", "") + "1. Mật khẩu phải đổi hằng quý.\n2. BẢO MẬT\n",
	} {
		d, err := ReadText(text)
		if err != nil {
			t.Errorf("refused: %v\n%s", err, text)
			continue
		}
		verify(t, d)
	}
}
