package task

// Totals counts tasks by the columns in which the Government's own task
// tracking is reported. All = Dated + Undated + Done + Continuous + Retired, and
// Dated = OnTime + Late + InTime + Overdue.
type Totals struct {
	All        int
	OnTime     int
	Late       int
	InTime     int
	Overdue    int
	Undated    int // no deadline, not complete
	Done       int // no deadline, complete
	Continuous int
	Retired    int
	Waiting    int // of which reported and not confirmed
	Near       int // of InTime: due soon
	Unproven   int // of Waiting: without proof
	Asked      int // an extension was asked for
	Stub       int // depend on a document that is not here
}

// Dated is how many tasks have a deadline.
func (c *Totals) Dated() int { return c.OnTime + c.Late + c.InTime + c.Overdue }

// Fallen is how many deadlines have come, by completion or by their day.
func (c *Totals) Fallen() int { return c.OnTime + c.Late + c.Overdue }

// Rate is the on-time rate in tenths of a percent of the tasks that have come
// due; -1 when none has.
func (c *Totals) Rate() int {
	if c.Fallen() == 0 {
		return -1
	}
	return (c.OnTime*2000 + c.Fallen()) / (2 * c.Fallen())
}

// Add counts one task.
func (c *Totals) Add(s *Standing) {
	c.All++
	switch s.Column {
	case OnTime:
		c.OnTime++
	case Late:
		c.Late++
	case InTime:
		c.InTime++
	case Overdue:
		c.Overdue++
	case Undated:
		c.Undated++
	case Done:
		c.Done++
	case Continuing:
		c.Continuous++
	case Retired:
		c.Retired++
	}
	count := func(yes bool, n *int) {
		if yes {
			*n++
		}
	}
	count(s.Status == Waiting, &c.Waiting)
	count(s.Near, &c.Near)
	count(s.Status == Waiting && s.Unproven, &c.Unproven)
	count(s.Asked, &c.Asked)
	count(s.Stub && s.Status != Retired, &c.Stub)
}

// Entry is a task with its standing on a day.
type Entry struct {
	Task
	Standing
	Given *Given
}

// Tally counts a list.
func Tally(list []*Entry) (c Totals) {
	for _, e := range list {
		c.Add(&e.Standing)
	}
	return c
}

// Bundle is the tasks that share something: a body, an item, a duty.
type Bundle struct {
	Key    string
	Tasks  []*Entry
	Totals Totals
}

// Bundles groups a list by what key says, in the order in which keys first
// occur.
func Bundles(list []*Entry, key func(*Entry) string) (out []Bundle) {
	at := map[string]int{}
	for _, e := range list {
		k := key(e)
		i, ok := at[k]
		if !ok {
			i = len(out)
			at[k] = i
			out = append(out, Bundle{Key: k})
		}
		out[i].Tasks = append(out[i].Tasks, e)
		out[i].Totals.Add(&e.Standing)
	}
	return out
}
