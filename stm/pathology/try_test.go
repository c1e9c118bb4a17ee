package pathology
import ("testing";"fmt";"os";"strings";"time")
func TestTry(t *testing.T) {
	c := Config{}
	if s := os.Getenv("ALGS"); s != "" { c.Algorithms = strings.Split(s, ",") }
	if s := os.Getenv("CMS"); s != "" { c.Managers = strings.Split(s, ",") }
	if s := os.Getenv("PROGS"); s != "" { c.Programs = strings.Split(s, ",") }
	start := time.Now()
	tab, err := Run(c)
	fmt.Println(err, time.Since(start))
	if tab != nil { fmt.Println(tab) }
}
