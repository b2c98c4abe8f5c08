package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// browserTimeout ends a browser that hangs.
const browserTimeout = 3 * time.Minute

// findBrowser is the browser of POLICYLINT_TEST_BROWSER, or the one that PATH
// leads to.
func findBrowser() (string, error) {
	if file := os.Getenv("POLICYLINT_TEST_BROWSER"); file != "" {
		return file, nil
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if file, err := exec.LookPath(name); err == nil {
			return file, nil
		}
	}
	return "", errors.New("no Chromium found: `.ci/chromium` installs Debian's")
}

// A tab is an open page, and what went wrong on it.
type tab struct {
	context.Context
	t      *testing.T
	mu     sync.Mutex
	faults []string
}

// openBrowser starts a browser without a window. The test is skipped where
// there is none, except in CI.
func openBrowser(t *testing.T) *tab {
	t.Helper()
	file, err := findBrowser()
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	folder, err := os.MkdirTemp("", "policylint-browser-")
	if err != nil {
		t.Fatal(err)
	}
	// The browser's helpers may write a moment longer than it lives.
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	ctx, stop := context.WithTimeout(context.Background(), browserTimeout)
	t.Cleanup(stop)
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(file), chromedp.UserDataDir(folder), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
	}
	for _, flag := range []string{"disable-quic", "disable-background-networking", "disable-component-update", "disable-sync"} {
		options = append(options, chromedp.Flag(flag, true))
	}
	ctx, stopAll := chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(stopAll)
	ctx, stopTab := chromedp.NewContext(ctx)
	t.Cleanup(stopTab)
	tab := &tab{Context: ctx, t: t}
	tab.must(chromedp.Listen(ctx, tab.listen))
	_, err = chromedp.Call(ctx, network.Enable, network.EnableParams{})
	tab.must(err)
	return tab
}

func (b *tab) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// listen collects what no page may do: write to the console, fail, ask for
// another resource.
func (b *tab) listen(event any) {
	fault := ""
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		fault = "it writes to the console: " + string(e.Type)
	case *runtime.EventExceptionThrown:
		fault = "a script fails: " + e.ExceptionDetails.Text
	case *log.EventEntryAdded:
		fault = fmt.Sprintf("the browser says: %s: %s", e.Entry.Level, e.Entry.Text)
	case *network.EventRequestWillBeSent:
		if url := e.Request.URL; !strings.HasPrefix(url, "file:") && !strings.HasPrefix(url, "data:,") && url != "about:blank" {
			fault = "it asks for " + url
		}
	}
	if fault != "" {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.faults = append(b.faults, fault)
	}
}

// open shows a file in a window of that size and scheme, "light" or "dark".
func (b *tab) open(file string, width, height int, scheme string) {
	b.t.Helper()
	_, err := chromedp.Call(b, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: int64(width), Height: int64(height), DeviceScaleFactor: 1, Mobile: width < 600})
	b.must(err)
	b.media("", scheme)
	b.must(chromedp.Do(b, chromedp.Navigate("file://"+filepath.ToSlash(file))))
}

// media is what the page is shown on: "" is a screen.
func (b *tab) media(medium, scheme string) {
	b.t.Helper()
	_, err := chromedp.Call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Media: medium, Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
	b.must(err)
}

// eval runs a script of the test on the page.
func eval[T any](b *tab, script string) T {
	b.t.Helper()
	v, err := chromedp.Run(b, chromedp.Evaluate[T](script))
	b.must(err)
	return v
}

// quiet holds that nothing went wrong since the last call.
func (b *tab) quiet() {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, f := range b.faults {
		b.t.Error(f)
	}
	b.faults = nil
}

// shot writes a picture of the page into the folder of
// POLICYLINT_SCREENSHOTS, for somebody to look at.
func (b *tab) shot(name string) {
	b.t.Helper()
	folder := os.Getenv("POLICYLINT_SCREENSHOTS")
	if folder == "" {
		return
	}
	whole, err := chromedp.Run(b, chromedp.FullScreenshot(100))
	b.must(err)
	b.must(os.MkdirAll(folder, 0o755))
	b.must(os.WriteFile(filepath.Join(folder, name+".png"), whole, 0o644))
}
