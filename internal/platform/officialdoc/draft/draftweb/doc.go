// Package draftweb shows a document of package draft as a page: the print preview of the .docx, word for word, by the same
// Layout. Only a page with a preview loads the face of documents (Tinos, made to the measure of Times New Roman).
package draftweb
