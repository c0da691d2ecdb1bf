package officialdoc

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"path"
	"strings"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/kernel/vntext"
)

const (
	maxEnvelope = 20_000    // characters of one field of an envelope
	maxFiles    = 50        // files in one message
	maxOrgans   = 2000      // addressees of one message
	edxmlDepth  = 40        // nesting of elements
	embedded    = "edxml:/" // never a real name: marks a message inside a message
)

// envelope gathers the fields of an .edxml file by their paths.
type envelope struct {
	path  []string
	field strings.Builder
	m     Message
	to    []string // Kính gửi and Nơi nhận as ToPlaces
	code  sign
	place string
	on    string
	kind  string
	due   string
	name  string // signer
	title string
	steps map[string]bool // elements seen
	files []embeddedFile
	file  *embeddedFile
	bytes int64 // base64 that may still come
	marks bool
}

// embeddedFile is an attachment before it is decoded.
type embeddedFile struct {
	id, name, media string
	data            bytes.Buffer
}

// readEdxml reads a message of the national document exchange (QCVN
// 102:2016/BTTTT). The first attachment that can be read is the document; the
// envelope fills what it leaves open. A signature is never verified here.
func readEdxml(ctx context.Context, name string, data []byte, o Options) (Document, error) {
	if path.Dir(name) == "edxml:" {
		return Document{}, fault.New(fault.Unsupported, msgKind, "name", fault.Clip(path.Base(name)))
	}
	e := &envelope{m: Message{Due: day.None, Signature: "không có chữ ký"}, steps: map[string]bool{}, bytes: o.Limits.File * 2}
	if err := walkXML(bytes.NewReader(data), edxmlDepth, e.token); err != nil {
		return Document{}, e.explain(name, err)
	}
	switch {
	case !e.steps["edxml"]:
		return Document{}, fault.New(fault.Unsupported, msgKind, "name", fault.Clip(name))
	case e.steps["statuscode"] && !e.steps["subject"] && !e.steps["codenotation"]:
		return Document{}, fault.New(fault.Unsupported, msgStatus, "name", fault.Clip(name))
	case e.marks:
		return Document{}, secret()
	}
	ctx, cancel := context.WithTimeout(ctx, 2*o.Limits.PDFTime) // for all attachments together
	defer cancel()
	d, err := e.document(ctx, o)
	if err != nil {
		return Document{}, err
	}
	e.fill(&d)
	return d, nil
}

func (e *envelope) explain(name string, err error) error {
	var known *fault.Error
	switch {
	case errors.As(err, &known):
		return err
	case errors.Is(err, errShape):
		return hostile(name, "khai báo DOCTYPE hoặc lồng nhau quá sâu")
	}
	return fault.New(fault.Corrupt, msgBroken, "name", fault.Clip(name))
}

func (e *envelope) token(t xml.Token) error {
	switch t := t.(type) {
	case xml.StartElement:
		e.path = append(e.path, strings.ToLower(t.Name.Local))
		e.steps[e.path[len(e.path)-1]] = len(e.steps) < 500
		e.field.Reset()
		switch e.path[len(e.path)-1] {
		case "signature":
			e.m.Signature = "chưa kiểm tra chữ ký"
		case "reference", "attachment":
			e.begin(attribute(t, "contentId"))
		case "to":
			if len(e.m.To) < maxOrgans {
				e.m.To = append(e.m.To, Organ{})
			}
		}
	case xml.CharData:
		return e.chars(t)
	case xml.EndElement:
		value := squeeze(strings.Join(strings.Fields(vntext.NFC(e.field.String())), " "))
		if len(e.path) > 0 {
			e.take(e.path[len(e.path)-1], e.above(1), value)
			e.path = e.path[:len(e.path)-1]
		}
		e.field.Reset()
	}
	return nil
}

// chars adds text to the open field; the content of attachments goes to its
// file.
func (e *envelope) chars(t xml.CharData) error {
	if e.within("attachmentencoded") && e.file != nil && e.top() == "contenttransferencoded" {
		if e.bytes -= int64(len(t)); e.bytes < 0 {
			return fault.New(fault.TooLarge, msgTooBig, "limit", sizeText(DefaultLimits().File))
		}
		e.file.data.Write(t)
		return nil
	}
	if e.field.Len()+len(t) <= maxEnvelope {
		e.field.Write(t)
	}
	return nil
}

func (e *envelope) top() string { return e.above(0) }

// above is the name of the element n levels up.
func (e *envelope) above(n int) string {
	if at := len(e.path) - 1 - n; at >= 0 {
		return e.path[at]
	}
	return ""
}

func (e *envelope) within(name string) bool {
	for _, p := range e.path {
		if p == name {
			return true
		}
	}
	return false
}

// begin opens a file: a reference of the manifest or an attachment.
func (e *envelope) begin(id string) {
	if len(e.files) >= maxFiles || e.within("signature") {
		e.file = nil
		return
	}
	e.files = append(e.files, embeddedFile{id: id})
	e.file = &e.files[len(e.files)-1]
}

// take keeps the value of a field that has ended.
func (e *envelope) take(name, parent, value string) {
	if value == "" {
		return
	}
	if e.within("messageheader") && marksSecret(value, true) {
		e.marks = true
	}
	if e.file != nil && (parent == "reference" || parent == "attachment") {
		e.takeFile(name, value)
		return
	}
	switch parent {
	case "from":
		organ(&e.m.From, name, value)
	case "to":
		if n := len(e.m.To); n > 0 {
			organ(&e.m.To[n-1], name, value)
		}
	case "code":
		e.takeCode(name, value)
	case "toplaces":
		if len(e.to) < maxOrgans {
			e.to = append(e.to, value)
		}
	case "signerinfo":
		switch name {
		case "fullname":
			e.name = value
		case "position":
			e.title = value
		}
	default:
		e.takeRest(name, value)
	}
}

func (e *envelope) takeRest(name, value string) {
	switch name {
	case "place":
		if e.place == "" {
			e.place = value
		}
	case "promulgationdate":
		if e.on == "" && !e.within("responsefor") {
			e.on = value
		}
	case "typename":
		e.kind = value
	case "subject":
		if e.m.Subject == "" {
			e.m.Subject = value
		}
	case "duedate":
		e.due = value
	case "priority":
		e.m.Priority = value
	case "documentid":
		if !e.within("responsefor") {
			e.m.DocumentID = value
		}
	case "bussinessdoctype", "businessdoctype":
		e.m.Business = map[string]string{"0": "mới", "1": "thu hồi", "2": "cập nhật", "3": "thay thế"}[value]
	}
}

func (e *envelope) takeCode(name, value string) {
	if e.within("responsefor") {
		return
	}
	switch name {
	case "codenumber":
		e.code.number = value
	case "codenotation":
		e.code.symbol = value
	}
}

func (e *envelope) takeFile(name, value string) {
	switch name {
	case "contentid":
		e.file.id = value
	case "contenttype":
		e.file.media = value
	case "attachmentname":
		e.file.name = value
	}
}

func organ(o *Organ, name, value string) {
	switch name {
	case "organid":
		o.ID = value
	case "organname":
		o.Name = value
	}
}

// decodeBase64 decodes an attachment, spaces and line ends in it allowed.
func decodeBase64(data []byte) ([]byte, error) {
	packed := bytes.Map(func(r rune) rune {
		if r == ' ' || r == '\n' || r == '\r' || r == '\t' {
			return -1
		}
		return r
	}, data)
	return base64.StdEncoding.DecodeString(string(packed))
}
