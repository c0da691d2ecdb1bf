package account

// commonText are the passwords that are tried first, folded and lower case. It was made by hand for this product: words
// an office here would think of, keys in a row, repeated digits.
const commonText = `
000000 0000000 00000000 000000000 0000000000 00000000000 000000000000 00000000000000 0000000000000000
0123456788 0123456789 01234567890 0900000000 0912345678 0987654321 1020304050 1029384756 10987654321 111111
1111111 11111111 111111111 1111111111 11111111111 111111111111 11111111111111 1111111111111111 1122334455
112233445566 1212121212 1231231231 123123123123 123321123321 123456 1234567 12345678 123456789 1234567890
12345678900 12345678901 123456789012 12345678901234 1234567890123456 123654789 1236547890 1314520131
1357924680 147258369 1472583690 159753456 1900190019 1990199019 1991199119 1q2w3e4r 1q2w3e4r5t 1qaz2wsx
2000200020 2020202020 2021202120 2022202220 2023202320 2024202420 2025202520 2026202620 210987654321 222222
2222222 22222222 222222222 2222222222 22222222222 222222222222 22222222222222 2222222222222222 2468013579
3216549870 333333 3333333 33333333 333333333 3333333333 33333333333 333333333333 33333333333333
3333333333333333 3939393939 43210987654321 444444 4444444 44444444 444444444 4444444444 44444444444
444444444444 44444444444444 4444444444444444 5201314520 555555 5555555 55555555 555555555 5555555555
55555555555 555555555555 55555555555555 5555555555555555 654321 6543210987 6543210987654321 666666 6666666
66666666 666666666 6666666666 66666666666 666666666666 66666666666666 6666666666666666 6868686868 7654321
777777 7777777 77777777 777777777 7777777777 77777777777 777777777777 77777777777777 7777777777777777
789456123 7894561230 7979797979 8686868686 87654321 888888 8888888 88888888 888888888 8888888888 88888888888
888888888888 88888888888888 8888888888888888 987654321 9876543210 999999 9999999 99999999 999999999 9999999999
99999999999 999999999999 99999999999999 9999999999999999 aaaaaa aaaaaaaaaa abc abcabc abcd abcdef abcdefg
abcdefgh abcdefghi abcdefghij abcxyz admin adminadmin administrator adminubnd amnhac anhnhoem anhyeuem arsenal
asdfasdf asdfgh asdfghjkl bacho barcelona baseball batman bautroi bienxanh bome bongda bongdavietnam
bonnongnghiep boyeu camon camonban cantho changeme changemenow chaoban chaomung chelsea chiemhoa chongyeu
chucmung chucmungnammoi chunhat codovn computer concho concuame congan congchua congho conmeo conyeu conyeubo
conyeume cuuchienbinh danang dangcongsan dangnhap database datchuan default dienthoai doclap
doclaptudohanhphuc doimatkhau dragon emyeuanh football giadinh giadinhtoi giuchuan guest hagiang haiphong
halong hamyen hanhphuc hanhphuctudo hanoi hethong hoadao hoahong hoamai hoang hoangtu hoangvan hoaphuong
hochiminh hongthai hue iloveu ilovevietnam iloveyou internet jordan khongbiet khongco khongcomatkhau khongnho
khongquen lambinh lethi letmein letmeinnow levan liverpool login loveyou maimai mainaman manchester master
matkhau matkhaucu matkhaucuatoi matkhaumacdinh matkhaumanh matkhaumoi matkhautuyenquang matkhauyeu matrang
mattran mattroi mautim mauxanh maychu maylanhanh maytinh messi meyeu michael minhdan mnbvcxz monkey mottinhyeu
muadong muaha mualua muathu muaxuan mypassword nahang nammoi namsinh newpassword ngaysinh nguoidung nguyen
nguyenthi nguyenthib nguyenvan nguyenvana nhanmuc nongdan nongnghiep nongthon nongthonmoi nuinon p@ssw0rd
p@ssword pa$$w0rd pa$$word passw0rd password password! phamthi phamvan phongnn phongnongnghiep phuluu phunu
poiuytrewq pokemon princess q1w2e3r4 qazwsx qazwsxedc quandoi quanly quantri quantrivien quenmatkhau quenroi
qwerty qwerty12 qwertyasdf qwertyui qwertyuiop rasoat realmadrid ronaldo rongvang root saigon secret server
shadow sieunhan sinhnhat sonduong songgam songhiep songlo sonongnghiep sotaichinh soyte starwars sunshine
suoimay superadmin superman superuser system taikhoan tamtam tantrao test tester testing testtest tetnguyendan
thaihoa thaison thanghai thanhnien thanhtuyen thethao thiensu thienthan thudohanoi thuhai tieuchi tinhyeu
toiyeuem toiyeuvietnam toor topsecret toquoc tran tranthi tranvan truycap tudo tuhaovietnam tuyenquang
tuyenquangmatkhau tuyenquangquetoi ubnd ubndadmin ubndhuyen ubndtinh ubndtuyenquang ubndxa user username
uybannhandan vanphong vanphongdieuphoi vietbac vietnam vietnamvodich vochong voyeu welcome welcome1 wifi
wsxedc xaphuluu xathaison xaydungnongthonmoi xinchao xyz yenson yeuanh yeuem yeunhau yeuvietnam zaq12wsx
zaq1zaq1 zxcvbn zxcvbnm zzzzzzzzzz
`
