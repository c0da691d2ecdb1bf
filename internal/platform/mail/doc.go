// Package mail sends short texts by SMTP. A message is put into mail_outbox by
// the transaction of the command that causes it ([Queue]) and sent afterwards
// ([Courier]), so nothing is announced that was not recorded and nothing that
// was recorded stays unsaid. Without a server in the configuration nothing is
// queued.
//
// A message is sent once unless the program dies between the server's answer
// and the note of it; its Message-ID stays the same, so mail systems drop the
// second copy. What cannot be sent is tried again more and more slowly, and in
// the end given up visibly. DESIGN.md says why this is no job queue.
package mail
